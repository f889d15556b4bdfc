import { isLanguage } from "#lib/text/languages.ts";
import { messages } from "#lib/text/messages.ts";
import { countryOptions } from "../../../(public)/country-options.ts";

/** The options of the country select, for who says that they have a passport. They change once in some years. */
export async function GET(_: Request, { params }: { params: Promise<{ language: string }> }): Promise<Response> {
  const { language } = await params;
  if (!isLanguage(language)) return new Response(null, { status: 404 });
  return new Response(countryOptions(language, messages[language].register.form.countryPlaceholder), {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "public, max-age=86400" },
  });
}
