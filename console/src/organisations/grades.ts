import type { Grade, OwnMachines } from '../api/types';

/** Grades from the lowest, each with its mark around the origin: ring, disc, diamond, star. */
export const GRADES: Readonly<Record<Grade, { readonly shape: string }>> = {
  unproven: { shape: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z' },
  possible: { shape: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z' },
  probable: { shape: 'M0 -4.500 4.500 0 0 4.500 -4.500 0z' },
  strong: { shape: 'M0 -5 1.500 -1.500 5 0 1.500 1.500 0 5 -1.500 1.500 -5 0 -1.500 -1.500z' },
};

/** Machines that most likely scan. */
export function probable(of: OwnMachines | undefined): number {
  return (of?.grades.probable ?? 0) + (of?.grades.strong ?? 0);
}
