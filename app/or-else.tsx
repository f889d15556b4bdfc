import type { ReactNode } from "react";
import { answerWith } from "#lib/server/answer.ts";

/** How Next.js marks what `notFound()` throws. */
const NOT_FOUND = "NEXT_HTTP_ERROR_FALLBACK;404";
const saysMissing = (thrown: unknown): boolean => (thrown as { digest?: unknown } | null)?.digest === NOT_FOUND;

/**
 * Pages that say by themselves that something is not there, with what `Missing` says: Next.js would send an empty one with its
 * not-found.tsx as data, which a browser without JavaScript never shows.
 */
export const orElse =
  (Missing: () => ReactNode | Promise<ReactNode>) =>
  <Props,>(page: (props: Props) => Promise<ReactNode>) =>
  async (props: Props): Promise<ReactNode> => {
    try {
      return await page(props);
    } catch (thrown) {
      if (!saysMissing(thrown)) throw thrown;
      answerWith(404);
      return <Missing />;
    }
  };
