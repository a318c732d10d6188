import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import classes from '../../list/ListPage.module.css';
import { SavedFilters } from '../../list/SavedFilters';
import { given, oneOf } from '../../list/search';
import { AgentPicker, DevicePicker, PostPicker } from '../../names/Picker';
import { datesOf, groups, ranges, readReportSearch, type ReportSearch, type Span } from './search';

interface ReportFiltersProps {
  search: ReportSearch;
  span: Span;
  onChange: (search: ReportSearch) => void;
}

/** Which work, of which time, by what: all of it stands in the address. */
export function ReportFilters({ search, span, onChange }: ReportFiltersProps) {
  const { reports: words, list } = useText();
  const dates = datesOf(span);
  const set = (change: { [Key in keyof ReportSearch]: ReportSearch[Key] | undefined }) => { onChange(readReportSearch({ ...search, ...change })); };
  return (
    <div className={classes.filters}>
      <SegmentedControl
        aria-label={words.range}
        value={search.range ?? '7d'}
        data={ranges.map((value) => ({ value, label: words.ranges[value] }))}
        onChange={(value) => { const range = oneOf(value, ranges); set({ range: range === '7d' ? undefined : range, ...(range === 'dates' && dates) }); }}
      />
      {search.range === 'dates' && (
        <>
          <TextInput size="xs" type="date" aria-label={words.from} title={words.from} max={dates.to} value={dates.from} onChange={({ currentTarget: { value } }) => { set({ from: value || undefined }); }} />
          <TextInput size="xs" type="date" aria-label={words.to} title={words.to} min={dates.from} value={dates.to} onChange={({ currentTarget: { value } }) => { set({ to: value || undefined }); }} />
        </>
      )}
      <PostPicker size="xs" bare label={words.post} value={search.post} onChange={(post) => { set({ post }); }} />
      <AgentPicker size="xs" bare label={words.agent} value={search.agent} onChange={(agent) => { set({ agent }); }} />
      <DevicePicker size="xs" bare label={words.device} value={search.device} onChange={(device) => { set({ device }); }} />
      <SegmentedControl
        aria-label={words.by}
        value={search.by ?? 'post'}
        data={groups.map((value) => ({ value, label: words.groups[value] }))}
        onChange={(value) => { set({ by: oneOf(value, groups) }); }}
      />
      <SavedFilters list="reports" search={{ ...search }} onChoose={(saved) => { onChange(readReportSearch(saved)); }} />
      {Object.keys(search).some((name) => name !== 'by') && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<X size={13} />} onClick={() => { onChange(given({ by: search.by })); }}>{list.clearFilters}</Button>
      )}
    </div>
  );
}
