# For what is shipped and what builds it. The tests have further exclusions, in tests/PSScriptAnalyzerSettings.psd1;
# tests/Pester/Scripts.Tests.ps1 runs both.
@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # A parameter of a script that its functions use counts as unused for this rule.
        'PSReviewUnusedParameter'
    )
}
