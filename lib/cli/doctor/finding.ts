/** `warn`: it works, and will not for long, or not as well as it might. */
export type Finding = { check: string; state: "ok" | "warn" | "fail"; advice?: string };

export const ok = (check: string, advice?: string): Finding => ({ check, state: "ok", ...(advice && { advice }) });
export const warn = (check: string, advice: string): Finding => ({ check, state: "warn", advice });
export const fail = (check: string, advice: string): Finding => ({ check, state: "fail", advice });
