"use client";
import { ErrorSummary, type ErrorSummaryProps } from "#components/form/error-summary.tsx";

/** Why the last upload was not taken, leading to the field. */
export function UploadErrors({ error, words }: { error: string | undefined; words: ErrorSummaryProps["words"] }) {
  return <ErrorSummary errors={error ? [{ id: "file", message: error }] : []} words={words} />;
}
