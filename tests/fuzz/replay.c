/* Runs a fuzz target over files, so that corpora are part of the normal suite.  TAP; directories are read one level deep. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static unsigned files;

static void run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	uint8_t *b;
	size_t n;

	if (!f || fstat(fileno(f), &st) || !S_ISREG(st.st_mode)) {
		if (f)
			(void)fclose(f);
		return;
	}
	n = (size_t)st.st_size;
	b = malloc(n ? n : 1);		/* exact size: the sanitizer sees one octet too many */
	if (b && fread(b, 1, n, f) == n)
		(void)LLVMFuzzerTestOneInput(b, n);
	free(b);
	(void)fclose(f);
	files++;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		DIR *d = opendir(argv[i]);
		struct dirent *e;
		char path[4096];

		if (!d) {
			run_file(argv[i]);
			continue;
		}
		while ((e = readdir(d)))
			if (e->d_name[0] != '.' && snprintf(path, sizeof(path), "%s/%s", argv[i], e->d_name) < (int)sizeof(path))
				run_file(path);
		(void)closedir(d);
	}
	(void)printf("%sok 1 - %u corpus files were read without a report\n1..1\n", files ? "" : "not ", files);
	return files ? 0 : 1;
}
