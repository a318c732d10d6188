import { SegmentedControl, Skeleton, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { useText } from '../../../i18n/TextProvider';
import { json } from '../notation';
import classes from '../Posts.module.css';
import type { Template } from '../queries';

export interface RawProps {
  template: Template;
  onChange: (template: Template) => void;
  /** What the server says is wrong, field by field. */
  fields: Record<string, string[]>;
}

/** The whole template as text, in the notation of one's choice; what can be read of it is the draft at once. */
export function Raw({ template, onChange, fields }: RawProps) {
  const { form: words } = useText().posts;
  const [as, setAs] = useState<'json' | 'yaml'>('json');
  const [typed, setTyped] = useState<string>();
  const yaml = useQuery({ queryKey: ['notation', 'yaml'], queryFn: async () => (await import('../yaml')).yaml, enabled: as === 'yaml', staleTime: Infinity });
  const notation = as === 'json' ? json : yaml.data;
  const fault = typed === undefined ? undefined : notation?.read(typed).fault;
  const wrong = Object.entries(fields).filter(([field]) => field.startsWith('template')).map(([field, texts]) => `${field.replace(/^template\.?/, '')}: ${texts.join(' ')}`);
  return (
    <Stack gap={8} className={classes.raw ?? ''}>
      <SegmentedControl
        aria-label={words.notation}
        value={as}
        // What can't be read is kept, not thrown away by a look at the other.
        disabled={fault !== undefined}
        data={[{ value: 'json', label: 'JSON' }, { value: 'yaml', label: 'YAML' }]}
        w="fit-content"
        onChange={(next) => {
          setAs(next);
          setTyped(undefined);
        }}
      />
      {yaml.isError && as === 'yaml' && <FailureAlert error={yaml.error} onRetry={() => void yaml.refetch()} />}
      {notation === undefined ? (
        <Skeleton height={300} radius="md" />
      ) : (
        <Textarea
          aria-label={words.raw}
          autosize
          minRows={18}
          maxRows={36}
          spellCheck={false}
          value={typed ?? notation.write(template)}
          error={fault === undefined ? wrong.length > 0 && wrong.join('\n') : fault === '' ? words.notObject(as === 'json' ? 'JSON' : 'YAML') : fault}
          errorProps={{ style: { whiteSpace: 'pre-wrap' } }}
          onBlur={() => { if (fault === undefined) { setTyped(undefined); } }}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            const read = notation.read(value).template;
            if (read !== undefined) {
              onChange(read);
            }
          }}
        />
      )}
    </Stack>
  );
}
