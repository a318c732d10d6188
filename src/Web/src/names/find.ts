import { api, unwrap } from '../api';
import { short } from './short';

export interface Choice {
  value: string;
  label: string;
}

export type Find = (q: string, signal: AbortSignal) => Promise<Choice[]>;

const most = 30;

export const findAgents: Find = async (q, signal) => {
  const { items } = await unwrap(api.GET('/api/v1/agents', { params: { query: { q, page_size: most } }, signal }));
  return items.map(({ id, name }) => ({ value: id, label: name }));
};

export const findPosts: Find = async (q, signal) => {
  const { items } = await unwrap(api.GET('/api/v1/posts', { params: { query: { q, page_size: most } }, signal }));
  return items.map(({ id, name }) => ({ value: id, label: name }));
};

export const findDevices: Find = async (q, signal) => {
  const { items } = await unwrap(api.GET('/api/v1/devices', { params: { query: { q, page_size: most } }, signal }));
  return items.map(({ id, hostname }) => ({ value: id, label: hostname === '' || hostname === id ? id : `${hostname} · ${short(id)}` }));
};

export const findPeople: Find = async (q, signal) => {
  const { items } = await unwrap(api.GET('/api/v1/users', { params: { query: { q, page_size: most } }, signal }));
  return items.map(({ id, name }) => ({ value: id, label: name }));
};
