import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../i18n/TextProvider';
import { postQuery } from '../../../names/queries';
import transcript from '../detail/Transcript.module.css';

/** What a post is for, and how it is told to work. */
export function PostAbout({ id }: { id: string }) {
  const { submit: words } = useText();
  const post = useQuery(postQuery(id)).data;
  if (post === undefined || (post.description === '' && !post.template.role_prompt)) {
    return null;
  }
  return (
    <div>
      {post.description !== '' && <Text size="sm" c="dimmed">{post.description}</Text>}
      {post.template.role_prompt && (
        <details className={transcript.fold}>
          <summary>{words.about}</summary>
          <pre>{post.template.role_prompt}</pre>
        </details>
      )}
    </div>
  );
}
