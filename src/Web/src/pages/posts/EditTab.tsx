import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, Code, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { postQuery } from '../../names/queries';
import form from '../../parts/Form.module.css';
import { useFormat } from '../../time/useFormat';
import { TemplateForm, type Draft } from './form/TemplateForm';
import type { PostView } from './queries';
import { trimmed } from './template';

/** Changes a post; each change is a version. Who saw an older one than there is now is told so, and overwrites nothing. */
export function EditTab({ post }: { post: PostView }) {
  const { posts: words } = useText();
  const { number } = useFormat();
  const queries = useQueryClient();
  const [seen, setSeen] = useState(post);
  const [draft, setDraft] = useState<Draft>();
  const [note, setNote] = useState('');
  const [release, setRelease] = useState(true);
  const now = draft ?? { name: post.name, description: post.description, template: post.template };
  if (draft === undefined && seen !== post) {
    setSeen(post);
  }

  const save = useMutation({
    mutationFn: () =>
      unwrap(api.PUT('/api/v1/posts/{id}', {
        params: { path: { id: post.id } },
        body: { ...now, template: trimmed(now.template), version: seen.version, release, ...(note.trim() !== '' && { note: note.trim() }) },
      })),
    onSuccess: (saved) => {
      setDraft(undefined);
      setNote('');
      queries.setQueryData(postQuery(post.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: keys.posts });
      void queries.invalidateQueries({ queryKey: [...keys.agents, 'of post', post.id] });
      toast(saved.version === seen.version ? words.nothingChanged : words.saved(number(saved.version)));
    },
  });
  useBlocker({ shouldBlockFn: () => draft !== undefined && !window.confirm(words.leave), enableBeforeUnload: () => draft !== undefined });
  const isOld = save.error instanceof ApiError && save.error.code === Code.conflict;
  const again = () => {
    save.reset();
    setDraft(undefined);
    void queries.invalidateQueries({ queryKey: postQuery(post.id).queryKey });
  };

  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <TemplateForm draft={now} onChange={setDraft} fields={save.error instanceof ApiError ? save.error.fields : {}} />
      {(draft !== undefined || save.isError) && (
        <div className={form.save}>
          {save.isError && <div style={{ flexBasis: '100%' }}><FailureAlert error={save.error} /></div>}
          <TextInput style={{ flex: '1 1 200px' }} aria-label={words.note} placeholder={words.note} maxLength={500} value={note} onChange={({ currentTarget }) => { setNote(currentTarget.value); }} />
          <Checkbox label={words.release} checked={release} onChange={({ currentTarget }) => { setRelease(currentTarget.checked); }} />
          <Button variant="default" onClick={again}>{isOld ? words.takeTheirs : words.discard}</Button>
          <Button type="submit" loading={save.isPending} disabled={now.name.trim() === ''}>{words.save}</Button>
        </div>
      )}
    </form>
  );
}
