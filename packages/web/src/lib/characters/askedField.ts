import type { SheetField } from '@dcs/api';
import type { Snippet } from 'svelte';
import type { SheetPath } from './sheetPath.ts';

/** A field in its place on the form. */
export interface AskedField {
  readonly field: SheetField;
  readonly path: SheetPath;
  readonly label: string;
  /** Where what stands around it names it already, so that its label is only for those who hear the page. */
  readonly isQuiet?: boolean;
  readonly isFixed?: boolean;
}

/** Shows the control of a field. Groups and lists are given it for what is inside them. */
export type ControlSnippet = Snippet<[AskedField]>;
