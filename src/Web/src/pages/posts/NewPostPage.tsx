import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import form from '../../parts/Form.module.css';
import { PageTitle } from '../../shell/PageTitle';
import { TemplateForm, type Draft } from './form/TemplateForm';
import { trimmed } from './template';

const nothing: Draft = { name: '', description: '', template: {} };

export function NewPostPage() {
  const { posts: words } = useText();
  const [draft, setDraft] = useState(nothing);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/posts', { body: { ...draft, template: trimmed(draft.template) } })),
    onSuccess: ({ id }) => {
      toast(words.created(draft.name));
      void queries.invalidateQueries({ queryKey: keys.posts });
      return navigate({ to: '/posts/$id', params: { id }, search: { tab: 'agents' }, ignoreBlocker: true });
    },
  });
  useBlocker({ shouldBlockFn: () => draft !== nothing && !window.confirm(words.leave), enableBeforeUnload: () => draft !== nothing });
  return (
    <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
      <Stack gap="md">
        <PageTitle>{words.create}</PageTitle>
        <TemplateForm draft={draft} onChange={setDraft} fields={create.error instanceof ApiError ? create.error.fields : {}} />
      </Stack>
      <div className={form.save}>
        <div style={{ flex: 1, minWidth: 0 }}>{create.isError && <FailureAlert error={create.error} />}</div>
        <Group gap="xs">
          <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === ''}>{words.create}</Button>
        </Group>
      </div>
    </form>
  );
}
