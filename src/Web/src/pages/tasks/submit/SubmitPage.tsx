import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useText } from '../../../i18n/TextProvider';
import detail from '../../../parts/DetailPage.module.css';
import { PageTitle } from '../../../shell/PageTitle';
import { taskQuery } from '../queries';
import { blank, like } from './form';
import { SubmitForm } from './SubmitForm';

const route = getRouteApi('/signed-in/tasks/new');

export function SubmitPage() {
  const { submit: words, shell, parts } = useText();
  const search = route.useSearch();
  const model = useQuery({ ...taskQuery(search.like ?? ''), enabled: search.like !== undefined });
  const isReady = search.like === undefined || !model.isPending;
  return (
    <div className={detail.page} style={{ maxWidth: 760 }}>
      <div>
        <Link to="/tasks" className={detail.back} aria-label={parts.back(shell.nav.tasks)}>
          <ChevronLeft size={14} aria-hidden="true" />
          {shell.nav.tasks}
        </Link>
        <PageTitle>{words.title}</PageTitle>
      </div>
      {isReady ? (
        <SubmitForm key={search.like} initial={{ ...(model.data === undefined ? blank : like(model.data)), ...(search.post !== undefined && { post: search.post }), ...(search.agent !== undefined && { agent: search.agent }) }} />
      ) : (
        <Skeleton height={420} radius="lg" />
      )}
    </div>
  );
}
