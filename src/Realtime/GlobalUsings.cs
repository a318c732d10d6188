// Statements with parameters by place stand in nearly every folder; and the framework has a TaskStatus as well, which nobody here means.
global using Agents.ServiceDefaults.Data;
global using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;
