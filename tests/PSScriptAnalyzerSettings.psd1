# For the tests, which Pester reads.
@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # A parameter of a script that its functions use counts as unused for this rule.
        'PSReviewUnusedParameter'

        # Variables that BeforeAll and BeforeDiscovery assign are read in It, which is another script block: the rule cannot see it.
        'PSUseDeclaredVarsMoreThanAssignments'

        # Blocks that run in other runspaces declare their arguments with param; the rule combines all blocks of a file.
        'PSUseUsingScopeModifierInNewRunspaces'

        # Figures that a test measured are for readers of the log, and must not become output of the test.
        'PSAvoidUsingWriteHost'

        # Functions of the tests change only objects of the tests, and need no confirmation.
        'PSUseShouldProcessForStateChangingFunctions'

        # ConvertTo-LabBytes returns bytes.
        'PSUseSingularNouns'

        # All files are UTF-8 without a byte order mark; some tests contain text that must not be ASCII.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
