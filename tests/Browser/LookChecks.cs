using System;
using System.IO;
using System.Threading.Tasks;
using PSLabNet.Lab;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace PSLabNet.Browser;

/// <summary>A report of ordinary size: checks its behavior, and takes pictures of it.</summary>
internal sealed class LookChecks(IBrowser browser, Suite suite, string folder)
{
    // The first cell of each row of the feature tables, in the order on the page.
    private const string NamesInOrder = "[...document.querySelectorAll('table.features')].map(t => [...t.tBodies].map(b => b.rows[0].cells[0].textContent).join('|')).join('/')";

    public async Task RunAsync(string path)
    {
        await using WatchedPage page = await WatchedPage.OpenAsync(browser);
        await page.ColorSchemeAsync("light");
        await page.NavigateAsync(path);
        await SaveAsync(page, "report.png", isWhole: false);
        await SaveGrownAsync(page, "report-light.png", 1280, isMobile: false);
        await SaveSectionAsync(page, "needed", "report-needed.png");
        await SaveSectionAsync(page, "hours", "report-hours.png");
        await CheckSortAsync(page);
        await CheckKeyboardAsync(page);
        await new SearchChecks(suite).RunAsync(page);
        await CheckContrastAsync(page, "light");

        await page.ColorSchemeAsync("dark");
        await SaveGrownAsync(page, "report-dark.png", 1280, isMobile: false);
        await CheckContrastAsync(page, "dark");
        await CheckAsync(
            page,
            "The page is dark where the reader wants it dark",
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => Number(part) < 60)");

        await page.ColorSchemeAsync("light");
        await page.NavigateAsync(path);
        await SaveGrownAsync(page, "report-phone.png", 390, isMobile: true);
        await CheckAsync(page, "The page is not wider than a phone", "document.documentElement.scrollWidth <= innerWidth");

        await page.SizeAsync(1280, 900, isMobile: false);
        await page.Tab.EmulateMediaTypeAsync(MediaType.Print);
        await SaveAsync(page, "report-print.png", isWhole: true);
        await CheckAsync(
            page,
            "What is closed on the screen is open on paper",
            "[...document.querySelectorAll('details:not([open]) table')].every(t => t.getBoundingClientRect().height > 10)");
        string pdf = Path.Combine(folder, "report.pdf");
        await page.Tab.PdfAsync(pdf, new PdfOptions { PrintBackground = true, PreferCSSPageSize = true });
        suite.Check(new FileInfo(pdf).Length > 10_000, "The page prints");
        page.CheckComplaints(suite);
    }

    private async Task CheckSortAsync(WatchedPage page)
    {
        string before = await page.EvaluateAsync<string>(NamesInOrder);
        await page.Tab.ClickAsync("table.features th[data-sort=text] button");
        suite.Check(before != await page.EvaluateAsync<string>(NamesInOrder), "A click on a header sorts");
        await CheckAsync(
            page,
            "The features are in the order of their names, and the header says so",
            "(() => { const t = document.querySelector('table.features'); const n = [...t.tBodies].map(b => b.rows[0].cells[0].textContent.toLowerCase()); return t.tHead.rows[0].cells[0].getAttribute('aria-sort') === 'ascending' && n.every((x, i) => i === 0 || n[i - 1] <= x); })()");
        await CheckAsync(
            page,
            "Numbers sort as numbers, and what is not known stays last",
            "(() => { const t = document.querySelector('table.features'); const th = t.tHead.rows[0].cells[3]; th.firstElementChild.click(); const n = [...t.tBodies].map(b => parseFloat(b.rows[0].cells[3].textContent)).filter(x => !Number.isNaN(x)); return th.getAttribute('aria-sort') === 'descending' && n.every((x, i) => i === 0 || n[i - 1] >= x); })()");
        await CheckAsync(
            page,
            "A table within details sorts after it was opened",
            "(async () => { const d = document.querySelector('.holders').closest('details'); d.open = true; await new Promise(done => setTimeout(done, 100)); const b = d.querySelector('th button'); b.click(); return d.querySelector('th').getAttribute('aria-sort') === 'ascending'; })()");
    }

    private async Task CheckKeyboardAsync(WatchedPage page)
    {
        await page.Tab.EvaluateExpressionAsync("document.querySelectorAll('table.features th button')[1].focus()");
        await page.Tab.Keyboard.PressAsync("Enter");
        await CheckAsync(
            page,
            "The Enter key sorts as a click does",
            "document.querySelector('table.features').tHead.rows[0].cells[1].getAttribute('aria-sort') === 'descending'");
    }

    // WCAG 2.2, 1.4.3: 4.5 to 1 for text, against the nearest background behind it that is not transparent.
    private async Task CheckContrastAsync(WatchedPage page, string scheme)
    {
        string poor = await page.EvaluateAsync<string>("""
            (() => {
              // What color-mix gives is written as color(srgb 0.5 0.5 0.5).
              const parts = color => color.match(/[\d.]+/g).map(Number).map(v => color.startsWith('color(') ? 255 * v : v);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
              const poor = new Set();
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const e = texts.currentNode.parentElement;
                if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest('script')) continue;
                const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) poor.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
              }
              return [...poor].join(', ');
            })()
            """);
        suite.Check(poor.Length == 0, $"Text has enough contrast, {scheme}{(poor.Length > 0 ? ": " + poor : string.Empty)}");
    }

    private async Task CheckAsync(WatchedPage page, string what, string expression) => suite.Check(await page.EvaluateAsync<bool>(expression), what);

    private Task SaveAsync(WatchedPage page, string name, bool isWhole) =>
        page.Tab.ScreenshotAsync(Path.Combine(folder, name), new ScreenshotOptions { FullPage = isWhole });

    private async Task SaveSectionAsync(WatchedPage page, string id, string name)
    {
        IElementHandle section = await page.Tab.QuerySelectorAsync($"#{id}");
        await section.ScrollIntoViewAsync();
        await page.PaintAsync();
        await section.ScreenshotAsync(Path.Combine(folder, name));
    }

    // The window grows with the page, so that a long page gets its full layout.
    private async Task SaveGrownAsync(WatchedPage page, string name, int width, bool isMobile)
    {
        const int Highest = 7000;
        await page.SizeAsync(width, 900, isMobile);

        // Sections that were never visible have an estimated height: all are drawn once before the page is measured.
        await page.Tab.EvaluateExpressionAsync("(() => { for (const s of document.querySelectorAll('section, figure')) s.scrollIntoView(); scrollTo(0, 0); })()");
        await page.PaintAsync();
        await page.SizeAsync(width, Math.Min(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), Highest), isMobile);
        await page.PaintAsync();
        await SaveAsync(page, name, isWhole: false);
    }
}
