import { ConsoleMissing } from "./missing.tsx";

/** After an action; of pages `orMissing` takes care. */
export default ConsoleMissing;
