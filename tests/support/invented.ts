export * from '../../src-main/demo/invented.ts'
