export * from './catalog.ts';
export * from './characters.ts';
export * from './checkCatalog.ts';
export * from './gameFiles.ts';
export * from './problem.ts';
export * from './referenceFormat.ts';
export * from './revision.ts';
export * from './yamlFile.ts';
