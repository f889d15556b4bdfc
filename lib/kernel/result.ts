/** What a use case answers: its value, or the name of the refusal. Faults throw; refusals are values. */
export type Result<T, E extends string> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refuse = <E extends string>(error: E): { ok: false; error: E } => ({ ok: false, error });
