import { account } from './account';
import { agents } from './agents';
import { commands } from './commands';
import { cron } from './cron';
import { devices } from './devices';
import { failure } from './failure';
import { gather } from './gather';
import { groups } from './groups';
import { inbox } from './inbox';
import { list } from './list';
import { overview } from './overview';
import { parts } from './parts';
import { people } from './people';
import { posts } from './posts';
import { reports } from './reports';
import { schedules } from './schedules';
import { settings } from './settings';
import { shell } from './shell';
import { signIn } from './signIn';
import { submit } from './submit';
import { task } from './task';
import { tasks } from './tasks';

/** The English catalogue is the shape of all others: a key that is missing or left over elsewhere fails the build. A file for each page. */
export const en = { account, agents, commands, cron, devices, failure, gather, groups, inbox, list, overview, parts, people, posts, reports, schedules, settings, shell, signIn, submit, task, tasks };

export type Catalogue = typeof en;
