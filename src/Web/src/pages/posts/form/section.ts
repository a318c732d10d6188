import type { Template } from '../queries';

export interface SectionProps {
  template: Template;
  onChange: (change: Partial<Template>) => void;
  /** What the server says is wrong, by the path of the field. */
  wrong: (path: string) => string | undefined;
}
