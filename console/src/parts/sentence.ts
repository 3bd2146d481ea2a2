import type { Summary } from '../api/types';
import { span, number, percent, short, t } from '../words';

/** Below this the change is called none. */
const SAME = 0.02;

/** What happened in the range, as a person would say it. */
export function summarySentence(summary: Summary): string {
  const seconds = (Date.parse(summary.range.to) - Date.parse(summary.range.from)) / 1000;
  const values = { packets: number(summary.packets), sources: short(summary.sources ?? 0), span: span(seconds) };
  if (summary.packets === 0) return t('sentence.none', { span: values.span });
  if (summary.sources === null) return t('sentence.packets', values);
  const before = summary.previous?.packets ?? 0;
  if (before === 0) return t('sentence.plain', values);
  const change = summary.packets / before - 1;
  if (Math.abs(change) < SAME) return t('sentence.same', values);
  return t(change > 0 ? 'sentence.more' : 'sentence.less', { ...values, change: percent(Math.abs(change)) });
}
