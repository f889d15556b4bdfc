import { isLanguage } from "#lib/text/languages.ts";
import { messages } from "#lib/text/messages.ts";
import { countryOptions } from "../../../(public)/country-options.ts";

/**
 * The options of the country select, for who says that they have a passport. They change once in some years: kept for a day,
 * and so plain text, since the front has no page kept.
 */
export async function GET(_: Request, { params }: { params: Promise<{ language: string }> }): Promise<Response> {
  const { language } = await params;
  if (!isLanguage(language)) return new Response(null, { status: 404 });
  return new Response(countryOptions(language, messages[language].register.form.countryPlaceholder), {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=86400" },
  });
}
