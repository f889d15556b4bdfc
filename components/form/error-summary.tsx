"use client";
import { useEffect, useRef } from "react";
import { Icon } from "../ui/icon.tsx";

export type ErrorSummaryProps = {
  /** In the order of the page. `id` is the control's (the field's name where none was given). */
  errors: readonly { id: string; message: string }[];
  /** "Ada satu perkara perlu dibetulkan" and "Ada {count} perkara perlu dibetulkan". */
  words: { one: string; many: string };
};

/** First in the panel. Takes the focus whenever the errors change, so that everybody learns of them at once. */
export function ErrorSummary({ errors, words }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  const title = errors.length === 1 ? words.one : words.many.replace("{count}", String(errors.length));
  return (
    // biome-ignore lint/a11y/noAutofocus: without JavaScript the attribute alone moves the focus to what went wrong
    <div className="summary" role="alert" tabIndex={-1} ref={box} autoFocus>
      <h2>
        <Icon name="warn" />
        {title}
      </h2>
      <ul>
        {errors.map((error) => (
          <li key={error.id}>
            <a href={`#${error.id}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
