using Agents.Daemon.Commands;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

return await CommandLine.RunAsync(args, new Shell(Folders.OfThisUser(), TimeProvider.System, Console.In, Console.Out, Console.Error));
