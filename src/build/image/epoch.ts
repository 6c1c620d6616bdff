/**
 * SOURCE_DATE_EPOCH of every StageX image, in seconds: documents say that they were created then, and no
 * file in a layer is younger (docs/format.md).
 */
export const epoch = 1
