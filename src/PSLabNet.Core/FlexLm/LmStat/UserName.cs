using PSLabNet.Text;

namespace PSLabNet.FlexLm.LmStat;

/// <summary>User, host and display of a checkout.</summary>
internal readonly struct UserName
{
    // Windows writes the number of a session after a word. The word is not a host.
    private const int MostSessions = 99;

    public UserName(TextSlice user, TextSlice host, TextSlice display)
    {
        User = user;
        Host = host;
        Display = display;
    }

    public TextSlice User { get; }

    public TextSlice Host { get; }

    public TextSlice Display { get; }

    /// <summary>
    /// The process id, if the display is a host and a number, as Ansys writes it: <c>n7.example.com 60048</c>. Null for any
    /// other display.
    /// </summary>
    public int? ProcessId
    {
        get
        {
            int blank = Display.IndexOf(' ');
            if (blank <= 0 || !Display.From(blank + 1).TryNumber(out int number))
            {
                return null;
            }

            TextSlice word = Display.Part(0, blank);
            bool isHost = HostWord.NamesAgain(word, Host) || HostWord.HaveSameLabel(word, Host);
            return isHost || (HostWord.IsHost(word) && number > MostSessions) ? number : null;
        }
    }
}
