import type { Template } from './queries';
import { readTemplate, writeTemplate } from './template';

/** A way to write a whole template as text. */
export interface Notation {
  write: (template: Template) => string;
  /** What was written, or what is wrong with it; empty where it is simply no object. */
  read: (text: string) => { template: Template; fault?: never } | { template?: never; fault: string };
}

export const json: Notation = {
  write: writeTemplate,
  read: (text) => {
    const template = readTemplate(text);
    return template === undefined ? { fault: '' } : { template };
  },
};
