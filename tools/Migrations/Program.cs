// `dotnet ef` starts this project to find the factories beside it; there is nothing to run.
return 0;
