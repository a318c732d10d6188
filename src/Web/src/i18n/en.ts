/** The English catalogue is the shape of all others: a key that is missing or left over elsewhere fails the build. */
export const en = {
  product: 'Agents',
  skip: 'Skip to content',
  navigation: 'Main navigation',
  openNavigation: 'Open navigation',
  closeNavigation: 'Close navigation',
  loading: 'Loading',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',

  theme: { label: 'Theme', light: 'Light', dark: 'Dark', auto: 'As the system' },
  language: { label: 'Language' },

  account: {
    label: 'Account',
    signOut: 'Sign out',
    signOutFailed: 'You are still signed in',
    roles: { admin: 'Admin', operator: 'Operator', user: 'User', viewer: 'Viewer' },
  },

  nav: { overview: 'Overview', docs: 'API reference' },

  signIn: {
    title: 'Sign in',
    welcome: 'Your fleet of agents, in one place.',
    email: 'Email or name',
    emailMissing: 'Enter your email or name.',
    password: 'Password',
    passwordMissing: 'Enter your password.',
    showPassword: 'Show password',
    submit: 'Sign in',
    wait: (seconds: number) => `Wait ${String(seconds)} s`,
    refused: 'Email, name or password is wrong',
    refusedHint: 'Check both and try again.',
    tooMany: 'Too many attempts',
    tooManyHint: 'Signing in is paused for a moment, to keep strangers from guessing.',
    noCookie: 'The browser did not keep the session',
    noCookieHint: 'Allow cookies for this address. Away from localhost it has to be HTTPS.',
    firstTime: 'First start? Address and password were printed in the terminal.',
  },

  overview: {
    title: 'Overview',
    live: 'Live',
    asOf: (time: string) => `as of ${time}`,
    stale: (time: string) => `No fresh answer. You see the state of ${time}; trying on.`,
    allHealthy: 'Everything is healthy',
    attention: (names: string) => `${names} needs attention`,
    attentionMany: (count: number, total: number) => `${String(count)} of ${String(total)} services need attention`,
    counts: (services: number, replicas: number) =>
      `${String(services)} ${services === 1 ? 'service' : 'services'}, ${String(replicas)} ${replicas === 1 ? 'replica' : 'replicas'}`,
    slowest: (ms: string) => `slowest answer ${ms}`,
    services: 'Services',
    empty: 'No service has reported yet',
    emptyHint: 'Services appear here as soon as the app host has started them.',
    columns: { service: 'Service', status: 'Status', recent: 'Last checks', replicas: 'Replicas', answer: 'Answer' },
    status: { healthy: 'Healthy', degraded: 'Degraded', unhealthy: 'Unhealthy' },
    replicasHealthy: (healthy: number, total: number) => `${String(healthy)} of ${String(total)}`,
    checks: (total: number, good: number) => `${String(good)} of the last ${String(total)} checks were healthy`,
    about: {
      gateway: 'The one door to everything',
      identity: 'People, tokens, keys, audit',
      registry: 'Devices, agents, presence',
      posts: 'Job templates and roll-outs',
      scheduler: 'Tasks, dispatch, schedules',
      realtime: 'Sockets, groups, inbox',
      postgres: 'The databases',
      redis: 'Between replicas',
    },
  },

  failure: {
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
  },

  offline: 'This machine is offline. What you see may be old.',
  notFound: { title: 'Nothing here', hint: 'No page has this address.', back: 'Go to the overview' },
};

export type Catalogue = typeof en;
