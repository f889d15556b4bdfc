import { Missing } from "#app/missing.tsx";

/** A guide, or a place in the first aid, that is not there. */
export default Missing;
