process.stderr.write('catwalk: no command yet\n');
process.exitCode = 64;
