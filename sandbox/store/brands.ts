import { whole } from "./kept";
import { Store } from "./store";

export interface BrandRow {
  id: string;
  name: string;
  isDefault: boolean;
  createdAt: number;
  updatedAt: number;
}

/** No request creates a brand. */
export class Brands extends Store {
  /** The default brand comes first. A change replaces the array. */
  rows: BrandRow[] = [];

  readonly tables = { brands: whole(this, "rows", []) };
}
