# long double sqrtl(long double): the square root, by the machine.
.global sqrtl
.type sqrtl,@function
sqrtl:
	fldt 4(%esp)
	fsqrt
	ret
