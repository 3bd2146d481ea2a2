import type { ResearchMatch } from '../api/types';
import { t } from '../words';

/** Whose research scanner a source is, and by what that is known. */
export function researchWords(match: ResearchMatch): string {
  const space = match.matched_by.indexOf(' ');
  const value = match.matched_by.slice(space + 1);
  const by = match.matched_by.startsWith('name ') ? t('research.byName', { value }) : t('research.byPrefix', { value });
  return t('research.of', { name: match.name, by });
}
