/** The rows of an answer, which comes as a bare list or as `items`. */
export function listOf<T>(answer: unknown): readonly T[] {
  if (Array.isArray(answer)) return answer as T[];
  return (answer as { items?: T[] } | null)?.items ?? [];
}
