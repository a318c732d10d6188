import { parseDocument, stringify } from 'yaml';
import { objectOf } from '../../parts/json';
import type { Notation } from './notation';
import { trimmed } from './template';

/** By a package of its own, which only who writes YAML fetches. */
export const yaml: Notation = {
  write: (template) => {
    const kept = trimmed(template);
    return Object.keys(kept).length === 0 ? '' : stringify(kept, { lineWidth: 0 });
  },
  read: (text) => {
    const document = parseDocument(text, { prettyErrors: true });
    const fault = document.errors[0];
    if (fault !== undefined) {
      // The first line says what and where; the others quote what was written.
      return { fault: (fault.message.split('\n')[0] ?? '').replace(/:$/, '') };
    }
    const template = objectOf(document.toJS() ?? {});
    return template === undefined ? { fault: '' } : { template };
  },
};
