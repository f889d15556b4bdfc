"use client";
import { useSyncExternalStore } from "react";
import { Failed } from "./failed.tsx";
import "./globals.css";

const unchanging = () => () => {};
/** What the page that broke said of itself, kept while this one takes its place. */
const was = (read: (root: HTMLElement) => string | undefined) => {
  let known: { value: string | undefined } | undefined;
  return () => {
    known ??= { value: read(document.documentElement) };
    return known.value;
  };
};
const language = was(({ lang }) => lang);
const theme = was(({ dataset }) => dataset.theme);

/** Not even the outermost layout could be made. */
export default function GlobalError({ retry, error }: { retry: () => void; error: { digest?: string } }) {
  const lang = useSyncExternalStore(unchanging, language, () => "ms");
  const chosen = useSyncExternalStore(unchanging, theme, () => undefined);
  return (
    <html lang={lang} data-theme={chosen}>
      <body>
        <main>
          <Failed retry={retry} digest={error.digest} />
        </main>
      </body>
    </html>
  );
}
