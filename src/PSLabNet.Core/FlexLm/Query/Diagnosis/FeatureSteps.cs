using System;
using System.Collections.Generic;
using System.Linq;
using PSLabNet.FlexLm.OptionsFiles;
using PSLabNet.Text;

namespace PSLabNet.FlexLm.Query.Diagnosis;

/// <summary>Whether a user can have the requested features now: issued, free, reserved, denied by options.</summary>
internal sealed class FeatureSteps(DiagnosisOptions options, IReadOnlyList<FlexLmLicenseLine> lines, StepList steps)
{
    private string User => options.User;

    public void Add(IReadOnlyList<FlexLmFeature> features)
    {
        foreach (FlexLmFeature feature in features
            .OrderBy(feature => feature.Name, StringComparer.OrdinalIgnoreCase).ThenBy(feature => feature.Vendor, StringComparer.OrdinalIgnoreCase))
        {
            steps.Add(StepNames.Feature, feature.Name, Describe(feature));
            steps.Add(StepNames.Reserved, feature.Name, Reserved(feature));
            if (User.Length > 0)
            {
                steps.Add(StepNames.User, feature.Name, Holds(feature));
                steps.Add(StepNames.Options, feature.Name, Access(feature));
            }

            steps.Add(StepNames.Queue, feature.Name, Queue(feature));
        }
    }

    /// <summary>Adds a step for each feature that was named in full and that the server does not have.</summary>
    /// <param name="features">The features that were found.</param>
    /// <param name="why">Why they may be missing although the server has them; empty if the server told of all its features.</param>
    public void AddMissing(IReadOnlyList<FlexLmFeature> features, string why)
    {
        foreach (string name in options.PlainFeatures.Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !features.Any(feature => string.Equals(feature.Name, PrintableText.Escape(name), StringComparison.OrdinalIgnoreCase))))
        {
            FlexLmStepState state = why.Length > 0 ? FlexLmStepState.Skipped : options.IsOneOfSeveral ? FlexLmStepState.Warning : FlexLmStepState.Failed;
            steps.Add(StepNames.Feature, name, new StepFinding(state, why.Length > 0 ? why : $"This server has no feature {name}.",
                why.Length > 0 ? string.Empty : "Get-FlexLmFeature lists what it has. Check the spelling, and whether the program asks another server."));
        }
    }

    private static StepFinding Describe(FlexLmFeature feature)
    {
        if (feature.Error is { } error)
        {
            return new(FlexLmStepState.Failed, $"The use of {feature.Name} is not known. {error}", "Get-FlexLmError explains the number.");
        }

        if (feature.DaysLeft < 0)
        {
            return new(FlexLmStepState.Failed, FormattableString.Invariant($"{feature.Name} expired on {feature.Expires:yyyy-MM-dd}."), "Ask the publisher for a new license.");
        }

        if (feature.Issued is not { } issued)
        {
            return feature.LicenseType == FlexLmLicenseType.Unknown
                ? new(FlexLmStepState.Warning, $"{feature.Vendor} names {feature.Name}, but there is no license line for it.", "Ask the publisher how it is licensed.")
                : StepFinding.Passed($"{feature.Name} is not counted: there is no limit.");
        }

        string numbers = FormattableString.Invariant($"{feature.Name}: {issued} issued, {Number(feature.InUse)} in use, {Number(feature.Reserved)} reserved and unused, {Number(feature.Available)} free.");
        return feature.Available == 0
            ? new(FlexLmStepState.Failed, numbers, $"Get-FlexLmCheckout {feature.Name} lists who has them.")
            : feature.IsComplete ? StepFinding.Passed(numbers)
            : new(FlexLmStepState.Warning, $"{numbers} {string.Join(" ", feature.Warnings)}", "The server did not tell all; ask again.");
    }

    private static StepFinding Reserved(FlexLmFeature feature)
    {
        string[] parties = [.. feature.Reservations.Select(reservation => FormattableString.Invariant($"{reservation.Count} for {reservation.ReservedFor} {reservation.User}"))];
        return parties.Length == 0 ? StepFinding.Passed("Nothing is reserved and unused.")
            : feature.Available == 0
                ? new(FlexLmStepState.Warning, $"Reserved and unused, while nothing else is free: {NamedList.Join(parties)}.", "The RESERVE lines of the options file hold them; reserve fewer.")
                : StepFinding.Passed($"Reserved and unused: {NamedList.Join(parties)}.");
    }

    private StepFinding Holds(FlexLmFeature feature)
    {
        FlexLmCheckout[] own = [.. feature.Checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout && string.Equals(checkout.User, PrintableText.Escape(User), StringComparison.OrdinalIgnoreCase))];
        return StepFinding.Passed(own.Length == 0
            ? $"{User} holds no license of {feature.Name}."
            : FormattableString.Invariant($"{User} holds {own.Sum(checkout => checkout.Count)}, on {NamedList.Join([.. own.Select(checkout => checkout.HostName).Distinct()])}."));
    }

    private StepFinding Access(FlexLmFeature feature)
    {
        UserAccess[] known =
        [
            .. options.OptionsFiles
                .Where(file => OptionContext.VendorOf(lines, file) is not { } vendor || string.Equals(vendor, feature.Vendor, StringComparison.OrdinalIgnoreCase))
                .Select(file => UserAccess.Find(file, feature.Name, User, Holders(feature))),
        ];
        if (known.Length == 0)
        {
            return StepFinding.Skipped(
                options.OptionsFiles.Count == 0 ? "The server does not tell its options." : $"No options file of {feature.Vendor} is at hand.",
                "Give the options file of the vendor daemon with -OptionsPath.");
        }

        UserAccessKind kind = known.Max(access => access.Kind);
        string reasons = string.Join(" ", known.Where(access => access.Kind == kind).SelectMany(access => access.Reasons));
        return kind switch
        {
            UserAccessKind.Denied => new(FlexLmStepState.Failed, reasons, "Change the options file, and run lmreread."),
            UserAccessKind.Depends => new(FlexLmStepState.Warning, reasons, "Compare the line with the user's host, display or project."),
            _ => StepFinding.Passed($"No option denies {feature.Name} to {User}."),
        };
    }

    private static StepFinding Queue(FlexLmFeature feature) => feature.Queued switch
    {
        null => StepFinding.Skipped("The protocol does not tell who waits.", "The debug log of the vendor daemon does: Import-FlexLmLog, events of the kind Queued."),
        0 => StepFinding.Passed("Nobody waits."),
        { } count => new(FlexLmStepState.Warning, FormattableString.Invariant($"{count} are waited for."), "Get-FlexLmCheckout lists who waits."),
    };

    private static IReadOnlyList<string> Holders(FlexLmFeature feature) =>
        [.. feature.Checkouts.Where(checkout => checkout.Kind == FlexLmCheckoutKind.Checkout).SelectMany(checkout => Enumerable.Repeat(checkout.User, checkout.Count))];

    private static string Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?";
}
