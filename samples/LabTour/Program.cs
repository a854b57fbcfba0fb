using System;
using PSLabNet.Checksums;

Console.WriteLine(Crc.Crc32.Width);
