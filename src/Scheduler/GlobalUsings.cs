// The framework has one of this name as well, and nobody here means it.
global using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;
// Statements with parameters by place stand in nearly every folder.
global using Agents.ServiceDefaults.Data;
