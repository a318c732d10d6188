import { AtSign, MessageCircleQuestion, ShieldQuestion } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import badge from '../../parts/StateBadge.module.css';
import type { Kind } from './items';

const icons = { question: MessageCircleQuestion, permission: ShieldQuestion, mention: AtSign };

export function KindMark({ kind }: { kind: Kind }) {
  const { inbox: words } = useText();
  const Icon = icons[kind];
  return (
    <span className={badge.badge} data-tone={kind === 'mention' ? 'going' : 'asking'}>
      <Icon size={14} aria-hidden="true" />
      {words.kind[kind]}
    </span>
  );
}
