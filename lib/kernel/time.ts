/** A span of time in milliseconds, written as a person would say it: `minutes(30)`. */
export type Duration = number & { readonly unit: "milliseconds" };

export const seconds = (n: number): Duration => (n * 1_000) as Duration;
export const minutes = (n: number): Duration => seconds(n * 60);
export const hours = (n: number): Duration => minutes(n * 60);
export const days = (n: number): Duration => hours(n * 24);

/** The moment a span after (or, negative, before) another. */
export const after = (start: Date, span: Duration): Date => new Date(start.getTime() + span);
export const before = (end: Date, span: Duration): Date => new Date(end.getTime() - span);
