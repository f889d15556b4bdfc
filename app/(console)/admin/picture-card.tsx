import { Submit } from "#components/form/submit.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";

type PictureCardProps = {
  /** The file field's name; ids are made of it. */
  name: string;
  /** Where the picture is served; null: there is none, and `words.none` stands in its place. */
  src: string | null;
  words: Record<"heading" | "now" | "none" | "file" | "hint" | "submit" | "remove" | "removing", string>;
  /** Posted with either form: what is changed, and at which version. */
  fields: Record<string, string | number>;
  /** Where the file goes; null: whoever looks may not change it. */
  upload: string | null;
  /** Takes it away; null: it cannot be taken away here. */
  remove: ((form: FormData) => Promise<void>) | null;
  /** Why the last file was not taken, in words. */
  refused: string | undefined;
};

/**
 * A picture goes up as an ordinary form with a file, to an address of its own: server actions take no files here, and it works
 * without JavaScript.
 */
export function PictureCard({ name, src, words, fields, upload, remove, refused }: PictureCardProps) {
  const hidden = Object.entries(fields).map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={value} />
  ));
  return (
    <section className="card" aria-labelledby={`${name}-title`}>
      <h2 className="h3" id={`${name}-title`}>
        {words.heading}
      </h2>
      {refused && (
        <div role="alert">
          <Callout tone="bad">{refused}</Callout>
        </div>
      )}
      {src ? (
        // biome-ignore lint/performance/noImgElement: somebody's own file, served as it is
        <img className="admin-crest" src={src} alt={words.now} width={96} height={96} />
      ) : (
        <p>{words.none}</p>
      )}
      {upload && (
        <form action={upload} method="post" encType="multipart/form-data" className="admin-crest-form">
          {hidden}
          <div className="field">
            <label className="label" htmlFor={name}>
              {words.file}
            </label>
            <p className="hint" id={`${name}-hint`}>
              {words.hint}
            </p>
            <input
              className="input"
              id={name}
              name={name}
              type="file"
              accept="image/png"
              aria-describedby={`${name}-hint`}
              {...(refused && { "aria-invalid": true })}
            />
          </div>
          <div className="actions">
            <Button variant="second">{words.submit}</Button>
          </div>
        </form>
      )}
      {upload && remove && (
        <form action={remove}>
          {hidden}
          <Submit variant="quiet" busy={words.removing}>
            {words.remove}
          </Submit>
        </form>
      )}
    </section>
  );
}
