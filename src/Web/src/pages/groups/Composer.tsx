import { ActionIcon, Button, FileButton, Group, Pill, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { api, unwrap } from '../../api';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { flatten } from '../../list/pages';
import { keys } from '../../live/keys';
import classes from './Groups.module.css';
import { mentionAt } from './log';
import { addToLog, memberId, membersQuery } from './queries';

const most = 8;

/** What is said next. "@" offers who is there. */
export function Composer({ groupId, replyTo }: { groupId: string; replyTo?: string }) {
  const { groups: words } = useText();
  const queries = useQueryClient();
  const members = useInfiniteQuery(membersQuery(groupId));
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const [files, setFiles] = useState<{ id: string; name: string }[]>([]);
  const [key, setKey] = useState(() => crypto.randomUUID());

  const writing = closed ? undefined : mentionAt(text, caret);
  const names = [...flatten(members.data?.pages, memberId).map(({ name, kind }) => ({ name, kind })), { name: 'all', kind: 'all' }];
  const offers = writing === undefined ? [] : names.filter(({ name }) => name.toLowerCase().startsWith(writing.word.toLowerCase()) && name.length > writing.word.length - 1).slice(0, most);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = members;
  const seeks = writing !== undefined && offers.length < most && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (seeks) {
      void fetchNextPage();
    }
  }, [seeks, fetchNextPage]);
  const at = Math.min(chosen, offers.length - 1);
  const kinds: Record<string, string | undefined> = words.kinds;

  const send = useMutation({
    mutationFn: async () => {
      const said = await unwrap(api.POST('/api/v1/groups/{id}/messages', {
        params: { path: { id: groupId } },
        body: { content: text.trim(), dedup_key: key, ...(replyTo !== undefined && { reply_to: replyTo }), ...(files.length > 0 && { attachments: files.map((file) => file.id) }) },
      }));
      const { items } = await unwrap(api.GET('/api/v1/groups/{id}/messages', { params: { path: { id: groupId }, query: { after: said.seq - 1, limit: 1 } } }));
      return { said, items };
    },
    onSuccess: ({ said, items }) => {
      setText('');
      setFiles([]);
      setKey(crypto.randomUUID());
      addToLog(queries, groupId, items);
      void queries.invalidateQueries({ queryKey: [...keys.groups, 'thread', groupId] });
      said.offered?.forEach(({ text: name, candidates }) => { toast(words.several(name, candidates.map((one) => `@${one.kind}:${one.id}`).join(', '))); });
    },
    onError: (error) => { toast(words.notSaid, error); },
  });
  const attach = useMutation({
    mutationFn: (file: File) =>
      unwrap(api.POST('/api/v1/groups/{id}/attachments', {
        params: { path: { id: groupId }, query: { name: file.name } },
        // The document says a text; what goes is the file as it is.
        body: file as unknown as string,
        bodySerializer: (body: unknown) => body as File,
        headers: { 'Content-Type': file.type === '' ? 'application/octet-stream' : file.type },
      })),
    onSuccess: (file) => { setFiles((before) => [...before, file]); },
    onError: (error) => { toast(words.attach, error); },
  });
  const canSend = (text.trim() !== '' || files.length > 0) && !send.isPending && !attach.isPending;

  const take = (name: string) => {
    if (writing === undefined) {
      return;
    }
    const next = `${text.slice(0, writing.from)}@${name} `;
    setText(next + text.slice(caret));
    setCaret(next.length);
    setClosed(true);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.length, next.length);
    });
  };
  const press = (event: KeyboardEvent) => {
    const offer = offers[at];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (offer !== undefined && step !== undefined) {
      event.preventDefault();
      setChosen((at + step + offers.length) % offers.length);
    } else if (offer !== undefined && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(offer.name);
    } else if (offer !== undefined && event.key === 'Escape') {
      setClosed(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (canSend) {
        send.mutate();
      }
    }
  };

  return (
    <form className={classes.composer} onSubmit={(event) => { event.preventDefault(); if (canSend) { send.mutate(); } }}>
      {offers.length > 0 && (
        <div className={classes.offers} role="listbox" id={id} aria-label={words.whom}>
          {offers.map(({ name, kind }, place) => (
            // The field has the keyboard; an offer is only for the pointer.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div key={`${kind} ${name}`} id={`${id}-${String(place)}`} role="option" tabIndex={-1} aria-selected={place === at} className={classes.offer} onPointerDown={(event) => { event.preventDefault(); }} onClick={() => { take(name); }}>
              <span>@{name}</span><span style={{ opacity: 0.8, fontSize: 12 }}>{kinds[kind] ?? kind}</span>
            </div>
          ))}
        </div>
      )}
      {files.length > 0 && <Group gap={6} mb={6}>{files.map((file) => <Pill key={file.id} withRemoveButton removeButtonProps={{ 'aria-label': words.takeAway(file.name) }} onRemove={() => { setFiles(files.filter((one) => one !== file)); }}>{file.name}</Pill>)}</Group>}
      <Textarea
        ref={field}
        autosize
        minRows={1}
        maxRows={10}
        maxLength={32_000}
        role="combobox"
        aria-label={replyTo === undefined ? words.say : words.reply}
        aria-expanded={offers.length > 0}
        aria-controls={offers.length > 0 ? id : undefined}
        aria-activedescendant={offers.length > 0 ? `${id}-${String(at)}` : undefined}
        placeholder={replyTo === undefined ? words.say : words.reply}
        value={text}
        onKeyDown={press}
        onSelect={({ currentTarget }) => { setCaret(currentTarget.selectionStart); }}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setCaret(currentTarget.selectionStart);
          setChosen(0);
          setClosed(false);
        }}
      />
      <Group gap={6} mt={6} justify="space-between">
        <FileButton onChange={(file) => { if (file !== null) { attach.mutate(file); } }}>
          {(props) => <ActionIcon {...props} variant="subtle" color="gray" loading={attach.isPending} aria-label={words.attach} title={words.attach}><Paperclip size={16} /></ActionIcon>}
        </FileButton>
        <Button type="submit" size="compact-sm" leftSection={<SendHorizontal size={14} />} loading={send.isPending} disabled={!canSend}>{words.send}</Button>
      </Group>
    </form>
  );
}
