import { readObject } from '../../parts/json';
import type { Template } from './queries';

/** A template as it is sent: without what is empty, so that what nobody said stays a default. */
export function trimmed(template: Template): Template {
  return prune(template) ?? {};
}

function prune(value: unknown): unknown {
  if (value === null || value === '' || value === undefined) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value;
  }
  if (typeof value === 'object') {
    const kept = Object.entries(value).map(([name, inner]) => [name, name === 'environment' || name === 'tools' || name === 'labels' ? filled(inner) : prune(inner)] as const).filter(([, inner]) => inner !== undefined);
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return value;
}

/** What is named by people: an empty text is a value there, and no name is none. */
function filled(map: unknown): unknown {
  const entries = typeof map === 'object' && map !== null ? Object.entries(map).filter(([name]) => name.trim() !== '') : [];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A template that somebody wrote; undefined where it is not JSON, or not an object. */
export function readTemplate(json: string): Template | undefined {
  return readObject(json);
}

export function writeTemplate(template: Template): string {
  return JSON.stringify(trimmed(template), null, 2);
}

/** Words between spaces; what stands in quotes is one. */
export function partsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => (double === undefined ? single ?? bare ?? '' : double.replace(/\\(.)/g, '$1')));
}

export function lineOf(parts: readonly string[]): string {
  return parts.map((part) => (/^[^\s"']+$/.test(part) ? part : `"${part.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}

/** "10, 50, 100" as numbers that rise; undefined where they do not. */
export function stepsOf(text: string): number[] | undefined {
  const steps = text.split(/[,，、\s]+/).filter((part) => part !== '').map(Number);
  const isGood = steps.length > 0 && steps.every((step, at) => Number.isInteger(step) && step >= 1 && step <= 100 && step > (steps[at - 1] ?? 0));
  return isGood ? steps : undefined;
}
