import { ActionIcon, Avatar, Button, Group, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Paperclip, Pencil, Reply, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { api, unwrap } from '../../api';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { useMe } from '../../session/session';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import classes from './Groups.module.css';
import { pieces, type GroupEntry } from './log';

export interface MessageProps {
  groupId: string;
  entry: GroupEntry;
  /** The same one goes on. */
  follows: boolean;
  answers: GroupEntry | undefined;
  onThread?: (root: string) => void;
}

export const Message = memo(function Message({ groupId, entry, follows, answers, onThread }: MessageProps) {
  const { groups: words } = useText();
  const { bytes } = useFormat();
  const me = useMe();
  const [edits, setEdits] = useState(false);
  const path = { id: groupId, message_id: entry.id };
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/groups/{id}/messages/{message_id}', { params: { path } })),
    onError: (error) => { toast(words.remove, error); },
  });
  if (entry.kind !== 'message') {
    return (
      <p className={classes.notice} data-entry={entry.id}>
        {entry.from_kind === 'system' ? '' : `${entry.from}: `}{entry.content}
        {entry.task_id != null && <> · <Link to="/tasks/$id" params={{ id: entry.task_id }} style={{ color: 'inherit' }}>{words.task}</Link></>}
      </p>
    );
  }
  const isMine = entry.from_kind === 'user' && entry.from_id === me?.id;
  const isGone = entry.deleted_at != null;
  return (
    <article className={classes.message} data-entry={entry.id} data-follows={follows || undefined}>
      {follows ? null : <Avatar name={entry.from} size={30} radius={entry.from_kind === 'agent' ? 'md' : 'xl'} color={entry.from_kind === 'agent' ? 'iris' : 'gray'} aria-hidden="true" />}
      {!follows && (
        <div className={classes.who}>
          {entry.from_kind === 'agent' ? <b><Link to="/agents/$id" params={{ id: entry.from_id }} style={{ color: 'inherit', textDecoration: 'none' }}>{entry.from}</Link></b> : <b>{entry.from}</b>}
          {entry.from_kind === 'agent' && <span>{words.agent}</span>}
          <When at={entry.timestamp} />
        </div>
      )}
      <div className={classes.body}>
        {answers && <button type="button" className={classes.quote} onClick={() => { onThread?.(answers.id); }}>{answers.from}: {answers.content.split('\n')[0]}</button>}
        {edits ? <Edit path={path} content={entry.content} onDone={() => { setEdits(false); }} /> : (
          <p className={`${classes.text ?? ''} ${isGone ? classes.gone ?? '' : ''}`}>
            {isGone ? words.deleted : pieces(entry.content, (entry.mentions ?? []).map(({ name }) => name)).map(({ text, isMention }, at) => (isMention ? <span key={at} className={classes.mention}>{text}</span> : text))}
            {entry.edited_at != null && !isGone && <span style={{ fontSize: 11, opacity: 0.75 }}> ({words.edited})</span>}
          </p>
        )}
        {entry.attachments?.map((file) => (
          <a key={file.id} className={classes.file} href={`/api/v1/groups/${encodeURIComponent(groupId)}/attachments/${encodeURIComponent(file.id)}`} download={file.name}>
            <Paperclip size={13} aria-hidden="true" />{file.name} · {bytes(file.size)}
          </a>
        ))}
      </div>
      {!isGone && (onThread !== undefined || isMine) && (
        <div className={classes.deeds}>
          {onThread && <ActionIcon size={26} variant="subtle" color="gray" aria-label={words.reply} title={words.reply} onClick={() => { onThread(entry.id); }}><Reply size={14} /></ActionIcon>}
          {isMine && <ActionIcon size={26} variant="subtle" color="gray" aria-label={words.edit} title={words.edit} onClick={() => { setEdits(true); }}><Pencil size={14} /></ActionIcon>}
          {isMine && <ActionIcon size={26} variant="subtle" color="gray" aria-label={words.remove} title={words.remove} loading={remove.isPending} onClick={() => { remove.mutate(); }}><Trash2 size={14} /></ActionIcon>}
        </div>
      )}
    </article>
  );
});

function Edit({ path, content, onDone }: { path: { id: string; message_id: string }; content: string; onDone: () => void }) {
  const { groups: words, shell } = useText();
  const [text, setText] = useState(content);
  const save = useMutation({
    mutationFn: () => unwrap(api.PATCH('/api/v1/groups/{id}/messages/{message_id}', { params: { path }, body: { content: text.trim() } })),
    onSuccess: onDone,
    onError: (error) => { toast(words.edit, error); },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Textarea aria-label={words.edit} autosize minRows={1} maxRows={12} data-autofocus value={text} onChange={({ currentTarget }) => { setText(currentTarget.value); }} onKeyDown={({ key }) => { if (key === 'Escape') { onDone(); } }} />
      <Group gap="xs" mt={6}>
        <Button size="compact-xs" type="submit" loading={save.isPending} disabled={text.trim() === '' || text === content}>{words.save}</Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>{shell.cancel}</Button>
      </Group>
    </form>
  );
}
