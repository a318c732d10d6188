import type { Catalogue } from '../en';
import { account } from './account';
import { agents } from './agents';
import { commands } from './commands';
import { failure } from './failure';
import { list } from './list';
import { overview } from './overview';
import { parts } from './parts';
import { posts } from './posts';
import { shell } from './shell';
import { signIn } from './signIn';
import { submit } from './submit';
import { task } from './task';
import { tasks } from './tasks';

export const zh: Catalogue = { account, agents, commands, failure, list, overview, parts, posts, shell, signIn, submit, task, tasks };
