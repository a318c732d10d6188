import { Paper, TagsInput, Textarea } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';
import form from '../../../parts/Form.module.css';
import type { SectionProps } from './section';

/** Who it is and what it can. */
export function WhoFields({ template, onChange, wrong }: SectionProps) {
  const { form: words } = useText().posts;
  const skills = template.skills ?? [];
  const nameOf = (skill: (typeof skills)[number]) => (typeof skill === 'string' ? skill : skill.name);
  return (
    <Paper component="section" className={form.fields} aria-label={words.who}>
      <h2>{words.who}</h2>
      <Textarea
        label={words.rolePrompt}
        description={words.rolePromptHint}
        autosize
        minRows={5}
        maxRows={24}
        value={template.role_prompt ?? ''}
        error={wrong('role_prompt')}
        onChange={({ currentTarget }) => { onChange({ role_prompt: currentTarget.value }); }}
      />
      <TagsInput
        label={words.skills}
        description={words.skillsHint}
        value={skills.map(nameOf)}
        error={wrong('skills')}
        onChange={(names) => { onChange({ skills: names.map((name) => skills.find((skill) => nameOf(skill) === name) ?? name) }); }}
      />
    </Paper>
  );
}
