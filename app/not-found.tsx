"use client";
import { Chip } from "#components/ui/chip.tsx";
import { useErrorWords } from "./error-words.ts";

/**
 * What a page found not to be there, where nothing nearer says so. Of the browser: all pages carry a reference to it, and
 * would carry the whole of one that the server makes, as they would of Next.js's own.
 */
export default function NotFoundPage() {
  const words = useErrorWords();
  return (
    <main id="main">
      <div className="signin">
        <title>{words.notFoundPage}</title>
        <div className="panel">
          <Chip icon="help" tone="gold" />
          <h1 className="mt-5">{words.notFoundTitle}</h1>
          <p className="lead">{words.notFoundText}</p>
          <div className="actions">
            <a className="btn btn-primary" href="/">
              {words.toLanding}
            </a>
          </div>
        </div>
      </div>
    </main>
  );
}
