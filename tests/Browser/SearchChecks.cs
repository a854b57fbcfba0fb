using System.Threading.Tasks;
using PSLabNet.Lab;

namespace PSLabNet.Browser;

/// <summary>The box that searches features, users and hosts of a report.</summary>
internal sealed class SearchChecks(Suite suite)
{
    // What the reader sees: the first cell of each row of the feature tables.
    private const string Shown = "[...document.querySelectorAll('table.features tbody')].filter(b => b.checkVisibility()).map(b => b.rows[0].cells[0].firstChild.data.trim())";

    public async Task RunAsync(WatchedPage page)
    {
        int all = await page.EvaluateAsync<int>($"{Shown}.length");
        await SearchAsync(page, "mat");
        await CheckAsync(page, "A search shows the features whose names have the text", $"{Shown}.length > 0 ? {Shown}.includes('MATLAB') : false");
        await SearchAsync(page, "zzz");
        await CheckAsync(page, "A search without a match shows no feature, and says so", $"{Shown}.length === 0 ? document.querySelector('[role=status]').textContent === '0 features, 0 users' : false");
        string user = await page.EvaluateAsync<string>("document.querySelector('table.users tbody th').textContent");
        await SearchAsync(page, user);
        await CheckAsync(page, "A search for a user shows the features that he holds, open, and no other holder", $$"""
            {{Shown}}.length > 0 ? [...document.querySelectorAll('table.features table.holders tbody tr')].filter(r => r.checkVisibility()).every(r => r.textContent.toLowerCase().includes('{{user}}')) : false
            """);
        await CheckAsync(page, "A search for a user shows him among the users", "[...document.querySelectorAll('table.users tbody tr')].filter(r => r.checkVisibility()).length === 1");
        string host = await page.EvaluateAsync<string>("document.querySelector('table.users tbody tr').cells[3].textContent.split(',')[0]");
        await SearchAsync(page, host);
        await CheckAsync(page, "A search for a host shows who uses it", "[...document.querySelectorAll('table.users tbody tr')].filter(r => r.checkVisibility()).length > 0");
        await SearchAsync(page, string.Empty);
        await CheckAsync(page, "An empty search shows everything again", $"{Shown}.length === {all}");
        await CheckAsync(page, "What the search opened is closed again", "document.querySelectorAll('[data-opened]').length === 0");
    }

    private static async Task SearchAsync(WatchedPage page, string text) =>
        await page.Tab.EvaluateExpressionAsync($"(() => {{ const i = document.querySelector('input[type=search]'); i.value = {System.Text.Json.JsonSerializer.Serialize(text)}; i.dispatchEvent(new Event('input')); }})()");

    // The page waits until the reader has stopped typing.
    private async Task CheckAsync(WatchedPage page, string what, string expression) =>
        suite.Check(await page.EvaluateAsync<bool>($"(async () => {{ for (let n = 0; n < 200; n++) {{ if ({expression}) return true; await new Promise(done => setTimeout(done, 50)); }} return false; }})()"), what);
}
