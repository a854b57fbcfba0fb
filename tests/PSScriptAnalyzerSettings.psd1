# For the tests, which are read by Pester.
@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # A parameter of a script that its functions use counts as unused for this rule.
        'PSReviewUnusedParameter'

        # What BeforeAll and BeforeDiscovery assign is read in It, which is another script block: the rule can't see it.
        'PSUseDeclaredVarsMoreThanAssignments'

        # Blocks that run in other runspaces here declare what they are given with param; the rule takes those of a file together.
        'PSUseUsingScopeModifierInNewRunspaces'

        # Figures that a test measured are for who reads the log, and must not become output of the test.
        'PSAvoidUsingWriteHost'

        # Functions of the tests change nothing but what the tests made, and nobody wants to be asked.
        'PSUseShouldProcessForStateChangingFunctions'

        # ConvertTo-LabBytes makes bytes.
        'PSUseSingularNouns'

        # All files are UTF-8 without a byte order mark; some tests hold text that must not be ASCII.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
