export const failure = {
  requestId: 'Request',
  codes: {
    1001: 'The request was not understood',
    1002: 'You are not signed in',
    1003: 'You are not allowed to do this',
    1004: 'Too many requests',
    2001: 'There is no such thing',
    3001: 'Its state does not allow this',
    3002: 'Somebody else was faster',
    5000: 'Something went wrong on the server',
    5003: 'A part of Agents is down for the moment',
  },
  unreachable: 'The server cannot be reached',
  unreachableHint: 'Check that Agents is running and that this machine is connected.',
  unreadable: 'The answer made no sense',
  unexpected: 'This page broke',
  wait: (seconds: number) => `Try again in ${String(seconds)} s.`,
};
