import type { components } from '../api';

/** What the hub sends to a page: see docs/protocol.md. Sockets are not in the OpenAPI document, so their shapes stand here. */
interface OfTask {
  task_id: string;
  event_id: string;
  number: number;
  attempt: number;
  agent_id: string | null;
  at: string;
}

export interface TaskState extends Omit<OfTask, 'number'> {
  number?: number;
  status: string;
  error?: components['schemas']['TaskFault'];
}

export interface TaskProgress extends OfTask {
  kind: string;
  data: unknown;
  percent: number | null;
}

export interface TaskQuestion extends OfTask {
  question_id: string;
  kind: string;
  title: string;
  detail: string | null;
  options: string[];
  default: string | null;
  expires_at: string;
}

export interface TaskAnswer extends OfTask {
  question_id: string;
  allow: boolean | null;
  option: string | null;
  text: string | null;
  by: string;
  name: string | null;
}

export interface TaskMessage extends OfTask {
  text: string;
  from: string;
  name: string | null;
}

export interface ListedAgent {
  id: string;
  name: string;
  type: string;
  role: string;
  status: string;
  device_id: string | null;
  post_id: string | null;
}

export interface ToldDevice {
  device_id: string;
  status: string;
  last_seen: string;
  load: components['schemas']['DeviceLoad'] | null;
}

export interface Mention {
  id: string;
  group_id: string;
  seq: number;
  from: string;
  content: string;
  timestamp: string;
}

export type GroupEntry = components['schemas']['GroupEntry'];

interface Payloads {
  'auth/ok': { connection_id: string; heartbeat_interval: number };
  'auth/error': { code: number; message: string };
  'task/state': TaskState;
  'task/progress': TaskProgress;
  'task/question': TaskQuestion;
  'task/answer': TaskAnswer;
  'task/message': TaskMessage;
  'agent/list': { agents: ListedAgent[]; more?: boolean };
  'agent/status': { agent_id: string; status: string; running?: number };
  'device/status': { devices: ToldDevice[]; stale?: true };
  'group/joined': { group_id: string; name: string; last_seq: number; after: number; ref: string | null };
  'group/ready': { groups: number };
  'group/stored': { group_id: string; id: string; seq: number; ref: string | null };
  'group/message': GroupEntry;
  mention: Mention;
  heartbeat: { interval: number };
  error: { code: number; message: string; ref: string | null };
}

export type Frame = { [Type in keyof Payloads]: { id: string; type: Type; payload: Payloads[Type] } }[keyof Payloads];

/** Null for what is no frame; of types that this page does not know nobody takes notice. */
export function readFrame(text: string): Frame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 'type' in frame && 'payload' in frame ? (frame as Frame) : null;
  } catch {
    return null;
  }
}

/** All frames of one type, in their order. */
export function framesOf<Type extends Frame['type']>(frames: readonly Frame[], type: Type) {
  return frames.filter((frame): frame is Extract<Frame, { type: Type }> => frame.type === type).map(({ payload }) => payload as Payloads[Type]);
}
